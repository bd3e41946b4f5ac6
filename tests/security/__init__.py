"""What an attacker and a careless program would try, and the promises that must hold whatever they do."""
