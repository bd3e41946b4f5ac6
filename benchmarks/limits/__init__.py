"""What the stack itself can do, measured beside the service: a constant, one look-up, a serializer, one insert."""
