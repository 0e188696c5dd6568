from math import log

m_hot = 2.5
m_cold = 4.0
T_hot = 80.0
T_cold = 15.0
c_p = 4.18
T_env = 20.0

def kelvin(t):
    return t + 273.15

def entropy(m, start, end):
    return m * c_p * log(kelvin(end) / kelvin(start))

share = m_hot / (m_hot + m_cold)
T_mix = share * T_hot + (1 - share) * T_cold
Q = m_cold * c_p * (T_mix - T_cold)
S_gen = entropy(m_hot, T_hot, T_mix) + entropy(m_cold, T_cold, T_mix)
E_lost = kelvin(T_env) * S_gen
