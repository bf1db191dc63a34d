"""One function a clause of the policy: (dossier, context, params) to a Finding."""
