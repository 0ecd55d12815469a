"""What joins the stages: settings, reading in one process or several, and builds."""
