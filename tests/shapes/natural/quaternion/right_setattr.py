import math


class Quaternion:
    """A quaternion w + xi + yj + zk."""

    def __init__(self, w, x, y, z):
        self.w, self.x, self.y, self.z = w, x, y, z

    def __repr__(self):
        return f"Quaternion({self.w}, {self.x}, {self.y}, {self.z})"

    def __add__(self, other):
        # TODO
        total = Quaternion(self.w, self.x, self.y, self.z)
        for name in ("w", "x", "y", "z"):
            setattr(total, name, getattr(self, name) + getattr(other, name))
        return total

    def __mul__(self, other):
        # TODO: Hamilton's product
        a, b, c, d = self.w, self.x, self.y, self.z
        e, f, g, h = other.w, other.x, other.y, other.z
        return Quaternion(
            a * e - b * f - c * g - d * h,
            a * f + b * e + c * h - d * g,
            a * g - b * h + c * e + d * f,
            a * h + b * g - c * f + d * e,
        )

    def conjugate(self):
        # TODO
        return Quaternion(self.w, -self.x, -self.y, -self.z)

    def norm(self):
        # TODO
        return math.hypot(self.w, self.x, self.y, self.z)

    def rotate(self, v):
        """Rotate the vector v = (x, y, z) by this unit quaternion."""
        # TODO: q v q*
        r = self * Quaternion(0, *v) * self.conjugate()
        return r.x, r.y, r.z

    @classmethod
    def from_axis_angle(cls, axis, angle):
        # TODO: unit quaternion of the rotation about axis (any length) by angle
        length = math.sqrt(sum(c * c for c in axis))
        s = math.sin(angle / 2) / length
        return cls(math.cos(angle / 2), *(s * c for c in axis))

