using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.State;

internal interface IChangeLog
{
    void Changed(string table, IRow row);
}
