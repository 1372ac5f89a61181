"""Echo: whose words an outlet runs that stood elsewhere before."""
