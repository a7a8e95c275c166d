/**
 * What `sh` does in fresh namespaces before it runs a command: arguments are the folder, the options of `prlimit`, and
 * behind `--` the command. It writes `ready` to descriptor 3 when all is in place, and nothing was run before that.
 *
 * - The folder is held by the working directory while `/tmp` and `/run` are covered, and bound again where it was.
 * - `/proc` shows the new process namespace. `/dev` holds what does no harm.
 * - All other mounts become read-only, each with the rest of its options: in a user namespace none may be lost.
 * - Without `setpriv` the command could undo all that: within its namespace it would be root.
 * - The shell stays, as process 1, so that signals mean to the command what they mean elsewhere; when it ends, all ends.
 */
export const ISOLATE_SCRIPT = String.raw`
set -eu
folder=$1
shift
cd "$folder"
mount -t tmpfs -o size=64k,mode=755 none "$folder"
for device in null zero full random urandom; do
  : > "$folder/$device"
  mount --bind "/dev/$device" "$folder/$device"
done
ln -s /proc/self/fd "$folder/fd"
mount --rbind "$folder" /dev
umount -R -l "$folder"
for cover in /tmp /run; do
  if [ -d "$cover" ]; then mount -t tmpfs -o mode=755 none "$cover"; fi
done
mkdir -p "$folder"
mount --no-canonicalize --bind . "$folder"
mount -t proc -o nosuid,nodev,noexec proc /proc
while read -r id parent device root point options rest; do
  point=$(printf '%b' "$point")
  case $point in
    "$folder" | /proc/* | /dev/* | /tmp/* | /run/*) continue ;;
  esac
  options=$(printf '%s' "$options" | sed 's/^rw/ro/')
  mount -o "remount,bind,$options" "$point"
done < /proc/self/mountinfo
cd "$folder"
echo ready >&3
exec 3>&-
set +e
setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- prlimit "$@"
exit $?
`;
