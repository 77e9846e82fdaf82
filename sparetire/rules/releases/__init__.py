"""What a press release must be before it is public: one small function a rule."""
