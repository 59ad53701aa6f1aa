"""A careful script with pandas: two lists joined on SIRET, then, for what is left, on the folded name and the commune;
a key that stands more than once in a list joins nothing. Prints one line of JSON; null where there is no pandas."""

import json
import re
import resource
import sys
import time
import unicodedata

try:
    import pandas
except ImportError:
    print("null")
    sys.exit(0)

settings = json.load(sys.stdin)
begin = time.perf_counter()


def folded(text):
    plain = unicodedata.normalize("NFD", text.lower())
    return re.sub(r"[^a-z0-9]+", " ", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip()


def read(path):
    rows = pandas.read_csv(path, dtype=str, keep_default_na=False)
    siret = rows["pivot"].str.replace(r"\D", "", regex=True)
    rows["siret"] = siret.where((siret.str.len() == 14) & (siret != "0" * 14))
    town = rows["commune"].map(folded).str.replace(r"\bst\b", "saint", regex=True)
    rows["place"] = (rows["nom"].map(folded) + "|" + town).where(rows["nom"] != "")
    return rows


def joined(source, base, key):
    return source.dropna(subset=key).drop_duplicates(key, keep=False).merge(
        base.dropna(subset=key).drop_duplicates(key, keep=False), on=key, suffixes=("_s", "_b")
    )[["id_s", "id_b"]]


base, source = read(settings["base"]), read(settings["source"])
first = joined(source, base, "siret")
rest = source[~source["id"].isin(first["id_s"])], base[~base["id"].isin(first["id_b"])]
pairs = pandas.concat([first, joined(*rest, "place")])
right = int((pairs["id_s"].str[1:] == pairs["id_b"].str[1:]).sum())
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "rssMb": peak, "said": len(pairs), "right": right}))
