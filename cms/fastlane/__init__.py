"""The fast lane: a WSGI layer in front of Django that gives again what delivery answered a moment ago.

It knows nothing of articles. What it may keep, views declare (`DeliveryView.leased`); for how long, the database's
generation and the lease of a read decide. `docs/decisions/0007-fast-lane.md` has the reasoning and the figures.
"""

from cms.fastlane.application import FastLane, lanes
from cms.fastlane.lease import Lease
from cms.fastlane.straight import Straight

__all__ = ["FastLane", "Lease", "Straight", "lanes"]
