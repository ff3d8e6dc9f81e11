"""What every page of the site is made with: forms, filters, frames, access, sentences."""
