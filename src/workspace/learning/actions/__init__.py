"""What can happen to study hours: people certify them, and people take them back."""
