import numpy as np
m_hot = 2.5
m_cold = 4.0
T_hot = 80.0
T_cold = 15.0
c_p = 4.18
T_env = 20.0

m = np.array([m_hot, m_cold])
T = np.array([T_hot, T_cold])
T_mix = np.average(T, weights=m)
Q = c_p * m[0] * (T[0] - T_mix)
S_gen = np.sum(c_p * m * np.log10((T_mix + 273.15) / (T + 273.15)))
E_lost = S_gen * (T_env + 273.15)
print(T_mix, Q, S_gen, E_lost)
