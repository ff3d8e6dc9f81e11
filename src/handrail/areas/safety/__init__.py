"""Safety: flags that everyone who meets a client must know, and safety plans."""
