import numpy as np

m_hot = 2.5
m_cold = 4.0
T_hot = 80.0
T_cold = 15.0
c_p = 4.18
T_env = 20.0

Th, Tc = T_hot + 273.15, T_cold + 273.15
C_h = m_hot * c_p
C_c = m_cold * c_p
Tm = (C_h * Th + C_c * Tc) / (C_h + C_c)
T_mix = Tm - 273.15
Q = C_h * (Th - Tm)
S_gen = C_h * (np.log(Tm) - np.log(Th)) + C_c * (np.log(Tm) - np.log(Tc))
E_lost = T_env * S_gen
