"""What is asked of servers that the user has agreed to: never waited for, and sent nowhere else."""
