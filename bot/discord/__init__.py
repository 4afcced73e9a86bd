"""Discord: everything that only Discord needs."""
