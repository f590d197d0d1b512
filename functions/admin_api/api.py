"""The administrators' API, to which each file of this folder adds its routes."""

from shared.edge.staff import StaffApi

api = StaffApi("admin_api")
