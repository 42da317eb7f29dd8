"""What a survey found, given back: counted, made safe, frozen, and compared with one's own."""
