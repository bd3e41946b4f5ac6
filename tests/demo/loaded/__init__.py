"""The demonstration as it is once it was loaded. Only tests of that belong here: they share its rows."""
