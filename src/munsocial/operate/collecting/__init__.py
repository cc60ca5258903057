"""Reading what the networks show: from accounts and adapters to a snapshot file, whatever fails on the way."""
