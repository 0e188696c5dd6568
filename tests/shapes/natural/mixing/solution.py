# Thermodynamics I, computer exercise 3: ideal mixing of two water flows
# Inputs
m_hot = 2.5       # kg/s
m_cold = 4.0      # kg/s
T_hot = 80.0      # deg C
T_cold = 15.0     # deg C
c_p = 4.18        # kJ/(kg K)
T_env = 20.0      # deg C

# TODO: temperature of the mixture
T_mix = (m_hot * T_hot + m_cold * T_cold) / (m_hot + m_cold)

# TODO: heat that the hot flow gives away, in kW
Q = m_hot * c_p * (T_hot - T_mix)

# TODO: entropy production in kW/K (use kelvin)
import math
K = 273.15
dS_hot = m_hot * c_p * math.log((T_mix + K) / (T_hot + K))
dS_cold = m_cold * c_p * math.log((T_mix + K) / (T_cold + K))
S_gen = dS_hot + dS_cold

# TODO: exergy destroyed, in kW
E_lost = (T_env + K) * S_gen

print("T_mix  = %.2f C" % T_mix)
print("Q      = %.1f kW" % Q)
print("S_gen  = %.4f kW/K" % S_gen)
print("E_lost = %.2f kW" % E_lost)
