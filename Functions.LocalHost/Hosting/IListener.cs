namespace Autopay.LocalHost;

internal interface IListener
{
    /// <summary>Returns when the host stops and everything that this listener began has ended.</summary>
    Task RunAsync();
}
