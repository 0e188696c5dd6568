import numpy as np


class Quaternion:
    def __init__(self, w, x, y, z):
        self.w, self.x, self.y, self.z = w, x, y, z

    def _vec(self):
        return np.array([self.x, self.y, self.z], dtype=float)

    def __add__(self, o):
        return Quaternion(o.w + self.w, *(self._vec() + o._vec()))

    def __mul__(self, o):
        u, v = self._vec(), o._vec()
        w = self.w * o.w - u @ v
        return Quaternion(w, *(self.w * v + o.w * u + np.cross(u, v)))

    def conjugate(self):
        return Quaternion(self.w, *(-self._vec()))

    def norm(self):
        return np.sqrt((self * self.conjugate()).w)

    def rotate(self, v):
        u, v = self._vec(), np.array(v, dtype=float)
        t = 2 * np.cross(u, v)
        return tuple(v + self.w * t + np.cross(u, t))

    @classmethod
    def from_axis_angle(cls, axis, angle):
        axis = np.array(axis, dtype=float)
        axis = axis / np.linalg.norm(axis)
        return cls(np.cos(angle / 2), *(np.sin(angle / 2) * axis))
