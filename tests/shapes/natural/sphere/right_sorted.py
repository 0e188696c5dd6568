import math

def rad(x):
    return x * math.pi / 180

def haversine(p, q):
    s1 = math.sin(rad(q.lat - p.lat) / 2)
    s2 = math.sin(rad(q.lon - p.lon) / 2)
    return 6371.0 * 2 * math.asin((s1 * s1 + math.cos(rad(p.lat)) * math.cos(rad(q.lat)) * s2 * s2) ** 0.5)

def nearest(p, others):
    pairs = sorted((haversine(p, o), o.name) for o in others)
    return pairs[0][1]

def tour_length(points, closed=True):
    if not closed:
        return sum(haversine(points[i - 1], points[i]) for i in range(1, len(points)))
    return sum(haversine(points[i - 1], points[i]) for i in range(len(points)))

def bearing(p, q):
    d = rad(q.lon - p.lon)
    y = math.sin(d)
    x = math.cos(rad(p.lat)) * math.tan(rad(q.lat)) - math.sin(rad(p.lat)) * math.cos(d)
    course = math.atan2(y, x) * 180 / math.pi
    if course < 0:
        course += 360
    return course
