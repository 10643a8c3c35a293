"""The language engine: a spaCy component that gives a Doc trees, tags and entities, with the network of `data/model`.

Text goes in as a Doc of bare tokens; windows of it go through the network, and what that tells is made into trees
(`trees`) and entities (`entities`). How the network was made is in `training/`.
"""
