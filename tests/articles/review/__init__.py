"""Review: who asks, who decides, what it binds to, and what readers are told."""
