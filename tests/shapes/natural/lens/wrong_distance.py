# Physics 102 - Lab 4: a two-lens system
# Model solution, spring term
import numpy as np
import matplotlib.pyplot as plt

# distances in cm
f1 = 12.0
f2 = -20.0
d = 7.5            # separation of the lenses
s_obj = 30.0       # object in front of lens 1
h_obj = 2.4

# first lens
s1 = f1 * s_obj / (s_obj - f1)
m1 = -s1 / s_obj

# second lens; the image of the first is its object
s_obj2 = s1 - d
s2 = f2 * s_obj2 / (s_obj2 - f2)
m2 = -s2 / s_obj2

m_total = m1 * m2
h_img = m_total * h_obj
power = 100 / f1 + 100 / f2 - d / 100 * (100 / f1) * (100 / f2)

print("final image at %.2f cm behind lens 2" % s2)
print("magnification", round(m_total, 3))
print(f"height of the image: {h_img:.2f} cm, power of the system: {power:.2f} dpt")

fig, ax = plt.subplots()
ax.plot([0, s1], [0, m1 * h_obj], "--")
ax.axvline(0)
ax.axvline(d)
plt.savefig("lenses.png")
