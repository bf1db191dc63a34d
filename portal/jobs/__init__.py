"""Work in the background: the job row is the truth, Redis only carries "look at job 5" to a worker."""
