"""The text stage: decoded pages to repaired documents in Simplified script, with zones and sentences."""
