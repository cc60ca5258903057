"""A world of networks in memory, served to the real adapters: no account, no internet, and troubles on demand.

`world` holds what is there, faces (`faces`) show it in each network's own wire format, `port` and `serve` lead to them;
`demo` and `sample` make the sample district, `morning` plays a day in it.
"""
