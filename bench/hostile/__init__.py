"""An attack on the service: what is sent, how, and what came of it. `bench/attack.py` tells the whole story."""
