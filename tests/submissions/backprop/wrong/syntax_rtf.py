{\rtf1\ansi\deff0 {\fonttbl {\f0 Courier;}}\f0\fs20 import numpy as np\line error = target - output\line }
