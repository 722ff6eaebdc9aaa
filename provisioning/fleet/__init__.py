"""How a release reaches the workspaces that are there already (升级); see docs/subsystems/fleet.md."""
