"""The language engine: a spaCy component that gives a Doc trees, tags and entities, with the network of `data/model`.

A Doc of bare tokens goes in. Its windows (`windows`), datelines apart (`datelines`), go through the network one by one;
what that tells is made into sentences (`sentences`), trees (`trees`, mended by `repairs`) and entities (`entities`).
How the network was made is in `training/`.
"""
