"""What a build that can't go on raises."""


class BuildError(RuntimeError):
    """A build that can't go on; the message names the place and the remedy."""
