using Amazon.Runtime;
using Amazon.S3;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Says what a failed call to S3 means to whoever made it.</summary>
internal static class S3Failures
{
    /// <exception cref="BlobStoreUnavailableException">It did not answer as it should.</exception>
    /// <exception cref="BlobDamagedException">It is there, and the object is not.</exception>
    public static async Task<T> Reach<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonS3Exception answer) when (answer.ErrorCode == "NoSuchKey")
        {
            throw new BlobDamagedException(BlobDamagedException.Missing, answer);
        }
        catch (Exception cause) when (cause is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException)
        {
            throw new BlobStoreUnavailableException("The file store did not answer as it should.", cause);
        }
    }
}
