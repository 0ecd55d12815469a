"""Links the mentions of one document: who did what at which meeting, and where it says so."""
