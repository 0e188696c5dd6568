"""Sequences as strings: complement, content, translation."""

CODONS = {
    "ATG": "M", "TGG": "W", "TTT": "F", "TTC": "F", "GGA": "G", "GGC": "G", "GCA": "A",
    "AAA": "K", "GAT": "D", "TAA": "*", "TAG": "*", "TGA": "*",
}


def reverse_complement(dna):
    table = str.maketrans("ACGT", "TGCA")
    return dna.translate(table)[::-1]


def gc_content(dna):
    n = 0
    for c in dna:
        if c in "GC":
            n += 1
    return n / len(dna) if len(dna) > 0 else 0


def count_kmers(dna, k):
    from collections import Counter
    return dict(Counter(dna[i:i + k] for i in range(len(dna) - k + 1)))


def translate(dna):
    if "ATG" not in dna:
        return None
    rest = dna[dna.index("ATG"):]
    out = []
    while len(rest) >= 3:
        codon, rest = rest[:3], rest[3:]
        if codon in ("TAA", "TAG", "TGA"):
            break
        out.append(CODONS[codon] if codon in CODONS else "X")
    return "".join(out)
