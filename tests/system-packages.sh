#!/bin/sh
# Install the system packages some tests need, when this machine allows it; else those tests are skipped with the reason.
want=""
command -v ssh >/dev/null 2>&1 || want="$want openssh-client"
command -v /usr/sbin/sshd >/dev/null 2>&1 || want="$want openssh-server"
command -v chromium >/dev/null 2>&1 || want="$want chromium"
command -v tmux >/dev/null 2>&1 || want="$want tmux"
command -v plink >/dev/null 2>&1 || want="$want putty-tools"
command -v dbclient >/dev/null 2>&1 || want="$want dropbear-bin"
[ -n "$want" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $want; } >/dev/null 2>&1 \
    || echo "note: could not install$want; the tests that need them are skipped"
else
  echo "note: not installed:$want; the tests that need them are skipped"
fi
exit 0
