"""What can happen to dues. Nothing here withholds dues from pay or advances them: the regulation forbids both."""
