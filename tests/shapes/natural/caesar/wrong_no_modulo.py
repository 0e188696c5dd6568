from collections import Counter
import string

def shift_letter(letter, key):
    if letter in string.ascii_lowercase:
        return chr(ord(letter) + key)
    if letter in string.ascii_uppercase:
        return chr((ord(letter) - 65 + key) % 26 + 65)
    return letter

def encrypt(text, key=3):
    result = ""
    for c in text:
        result += shift_letter(c, key)
    return result

def decrypt(text, key=3):
    return "".join(map(lambda c: shift_letter(c, 26 - key % 26), text))

def letter_counts(text):
    return dict(Counter(c for c in text.lower() if c in string.ascii_lowercase))

def crack(text):
    n = letter_counts(text)
    if len(n) == 0:
        raise ValueError
    best = sorted(n.items(), key=lambda kv: (-kv[1], kv[0]))[0][0]
    return (ord(best) - ord("e")) % 26
