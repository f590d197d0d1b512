"""Builds what Lambda runs, without a container: build/<bundle>/ for python3.13 on arm64.

A bundle is our functions/ and shared/ plus the packages of its list, compiled. Several functions share one.
"""
