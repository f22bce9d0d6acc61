"""The same posts through Copydesk and through tools that people would else use, in one run."""
