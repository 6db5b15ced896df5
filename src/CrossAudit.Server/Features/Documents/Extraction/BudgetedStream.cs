namespace CrossAudit.Server.Features.Documents.Extraction;

/// <summary>How much may still be unpacked from an archive. What the archive says about its sizes may be a lie.</summary>
/// <param name="megabytes">By default the XML of a book of some thousand pages.</param>
internal sealed class ReadBudget(int megabytes = 64)
{
    private long _bytes = megabytes * 1024L * 1024L;

    public void Spend(int bytes)
    {
        _bytes -= bytes;
        if (_bytes < 0)
            throw new BeyondLimitsException($"The file expands to more than {megabytes} MB.");
    }
}

/// <summary>A stream that ends in an error once the budget is spent.</summary>
internal sealed class BudgetedStream(Stream inner, ReadBudget budget) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        budget.Spend(read);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
