"""Many notes at once: drafted fast, politely and resumably.

Every engine (`local`, `provider_batch`, `ray_engine`) drives the same generator as a
single draft, and keeps what it is told in one `Journal`.
"""
