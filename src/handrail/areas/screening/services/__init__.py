"""What can be done: screening calls: answers, emergency steps and how the call ended."""
