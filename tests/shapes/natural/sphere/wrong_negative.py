"""Geoinformatics, week 2: distances on the sphere, centroid and tour length."""

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Point:
    name: str
    lat: float
    lon: float


def haversine(p: Point, q: Point) -> float:
    """Great-circle distance in kilometres."""
    # TODO: implement the haversine formula
    phi1, phi2 = math.radians(p.lat), math.radians(q.lat)
    dphi = phi2 - phi1
    dlam = math.radians(q.lon - p.lon)
    a = math.sin(dphi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(dlam / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(a))


def nearest(p: Point, others: list[Point]) -> str:
    # TODO: name of the nearest point
    return min(others, key=lambda q: haversine(p, q)).name


def tour_length(points: list[Point], closed: bool = True) -> float:
    # TODO: sum of the distances between neighbours, back to the start if closed
    total = sum(haversine(a, b) for a, b in zip(points, points[1:]))
    if closed:
        total += haversine(points[-1], points[0])
    return total


def bearing(p: Point, q: Point) -> float:
    """Initial course from p to q in degrees, 0 <= course < 360."""
    # TODO
    phi1, phi2 = math.radians(p.lat), math.radians(q.lat)
    dlam = math.radians(q.lon - p.lon)
    y = math.sin(dlam) * math.cos(phi2)
    x = math.cos(phi1) * math.sin(phi2) - math.sin(phi1) * math.cos(phi2) * math.cos(dlam)
    return math.degrees(math.atan2(y, x))


if __name__ == "__main__":
    berlin = Point("Berlin", 52.52, 13.40)
    paris = Point("Paris", 48.86, 2.35)
    rome = Point("Rome", 41.90, 12.50)
    madrid = Point("Madrid", 40.42, -3.70)
    print(f"Berlin - Paris: {haversine(berlin, paris):.1f} km")
    print("nearest to Berlin:", nearest(berlin, [paris, rome, madrid]))
    print("tour:", tour_length([berlin, paris, rome, madrid]))
    print("open tour:", tour_length([berlin, paris, rome, madrid], closed=False))
    print("course:", bearing(berlin, paris))
