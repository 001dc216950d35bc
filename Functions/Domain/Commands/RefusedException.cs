namespace Autopay.Domain.Commands;

/// <summary>
/// A request that the rules refuse: nothing was changed, and the message says why in words for the person who asked.
/// </summary>
public class RefusedException(string message) : Exception(message);

/// <summary>The rules refuse it because what it names is not there: it may come yet (R33).</summary>
public sealed class NotYetKnownException(string message) : RefusedException(message);

/// <summary>Another person has to do it: whoever asked for something does not approve it.</summary>
public sealed class AnotherPersonException(string message) : RefusedException(message);
