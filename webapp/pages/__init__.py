"""What pages show: plain values made from answers, for the templates."""
