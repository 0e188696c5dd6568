from math import *

def haversine(p, q):
    la1, lo1, la2, lo2 = map(radians, (p.lat, p.lon, q.lat, q.lon))
    h = sin((la2 - la1) / 2) ** 2
    h = h + cos(la1) * cos(la2) * sin((lo2 - lo1) / 2) ** 2
    c = 2 * atan2(sqrt(h), sqrt(1 - h))
    return 6371.0 * c

def nearest(p, others):
    best = None
    for o in others:
        if best is None or haversine(p, o) < haversine(p, best):
            best = o
    return best.name

def tour_length(points, closed=True):
    n = len(points)
    last = n if closed else n - 1
    return sum(haversine(points[i], points[(i + 1) % n]) for i in range(last))

def bearing(p, q):
    la1, la2 = radians(p.lat), radians(q.lat)
    d = radians(q.lon) - radians(p.lon)
    east = sin(d) * cos(la2)
    north = cos(la1) * sin(la2) - sin(la1) * cos(la2) * cos(d)
    return (degrees(atan2(east, north)) + 360) % 360
