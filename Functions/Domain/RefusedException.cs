namespace Autopay.Domain;

/// <summary>A request that the rules refuse: nothing was changed, and the message says why in words for the person who asked.</summary>
public sealed class RefusedException(string message) : Exception(message);
