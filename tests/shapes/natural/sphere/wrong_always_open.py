import numpy as np
R = 6371.0

class Point:
    def __init__(self, name, lat, lon):
        self.name = name
        self.lat = lat
        self.lon = lon

def unit(p):
    a, b = np.deg2rad(p.lat), np.deg2rad(p.lon)
    return np.array([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])

def haversine(p, q):
    u, v = unit(p), unit(q)
    return R * np.arctan2(np.linalg.norm(np.cross(u, v)), u @ v)

def nearest(p, others):
    d = [haversine(p, o) for o in others]
    return others[int(np.argmin(d))].name

def tour_length(points, closed=True):
    route = list(points)
    if closed:
        route.append(route[-1])
    s = 0.0
    for i in range(len(route) - 1):
        s += haversine(route[i], route[i + 1])
    return s

def bearing(p, q):
    f1, f2 = np.deg2rad([p.lat, q.lat])
    d = np.deg2rad(q.lon - p.lon)
    angle = np.arctan2(np.sin(d) * np.cos(f2), np.cos(f1) * np.sin(f2) - np.sin(f1) * np.cos(f2) * np.cos(d))
    angle = np.rad2deg(angle)
    return angle if angle >= 0 else angle + 360
