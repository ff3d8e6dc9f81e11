"""What can be read: screening calls: answers, emergency steps and how the call ended."""
