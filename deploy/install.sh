#!/bin/sh
# Installs a release of Gatehouse as a service of systemd, or upgrades the one in place: docs/service.md.
#
#   tar xzf gatehouse-0.1.0-linux-x64.tar.gz && sudo sh gatehouse-0.1.0/install.sh
#   sudo sh install.sh gatehouse-0.1.0-linux-x64.tar.gz      the same in one step
#   sudo sh install.sh --uninstall                           leaves configuration and database
#   sudo sh install.sh --uninstall --purge                   leaves nothing
#
# What it puts where: the program into /opt/gatehouse, configuration and database into /var/lib/gatehouse, secrets into
# /etc/gatehouse/secrets, the unit into /etc/systemd/system, the command into /usr/local/bin. It asks nothing on the network.
set -eu
umask 022

OPT=/opt/gatehouse
STATE=/var/lib/gatehouse
ETC=/etc/gatehouse
UNIT=/etc/systemd/system/gatehouse.service
COMMAND=/usr/local/bin/gatehouse
NAME=gatehouse

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

has_systemd() { [ -d /run/systemd/system ]; }
is_running() { has_systemd && systemctl is-active --quiet $NAME; }

uninstall() {
  if has_systemd && [ -e $UNIT ]; then systemctl disable --now $NAME || true; fi
  rm -rf $OPT $UNIT $COMMAND
  has_systemd && systemctl daemon-reload
  if [ "$1" = purge ]; then
    rm -rf $STATE $ETC
    if getent passwd $NAME >/dev/null; then userdel $NAME; fi
    if getent group $NAME >/dev/null; then groupdel $NAME; fi
    echo 'Gatehouse is gone, with its configuration and database.'
  else
    echo "Gatehouse is gone; $STATE and $ETC are left. --uninstall --purge removes them too."
  fi
}

make_user() {
  getent group $NAME >/dev/null || groupadd --system $NAME
  getent passwd $NAME >/dev/null ||
    useradd --system --gid $NAME --home-dir $STATE --no-create-home --shell /usr/sbin/nologin --comment Gatehouse $NAME
}

make_folders() {
  install -d -o $NAME -g $NAME -m 0750 $STATE
  install -d -m 0755 $ETC
  # The service gets copies from systemd; the group is for commands on the command line.
  install -d -o root -g $NAME -m 0750 $ETC/secrets
  [ -e $STATE/config.yaml ] || install -o $NAME -g $NAME -m 0600 "$1/config.starter.yaml" $STATE/config.yaml
}

write_command() {
  cat >$COMMAND.new <<'COMMAND_END'
#!/bin/sh
# Written by Gatehouse's install.sh: its commands, as the user of the service and with its configuration and secrets.
set -eu
umask 077
GATEHOUSE_CONFIG=${GATEHOUSE_CONFIG:-/var/lib/gatehouse/config.yaml}
# Not what systemd says: what it says there is seen by the service alone.
CREDENTIALS_DIRECTORY=/etc/gatehouse/secrets
HOME=/var/lib/gatehouse
NODE_ENV=production
export GATEHOUSE_CONFIG CREDENTIALS_DIRECTORY HOME NODE_ENV
set -- /opt/gatehouse/current/node/bin/node /opt/gatehouse/current/bin/gatehouse.mjs "$@"
case "$(id -un)" in
  gatehouse) exec "$@" ;;
  root) exec setpriv --reuid gatehouse --regid gatehouse --init-groups --inh-caps=-all --no-new-privs "$@" ;;
  *) echo 'gatehouse: run it as root (sudo gatehouse …); it then becomes the user gatehouse' >&2; exit 77 ;;
esac
COMMAND_END
  chmod 0755 $COMMAND.new
  mv $COMMAND.new $COMMAND
}

# Points current to a release, at one moment.
switch_to() {
  ln -sfn "releases/$1" $OPT/current.new
  mv -T $OPT/current.new $OPT/current
}

install_release() {
  source=$1
  [ -x "$source/node/bin/node" ] && [ -f "$source/bin/gatehouse.mjs" ] || fail "$source is no release of Gatehouse"
  "$source/node/bin/node" --version >/dev/null 2>&1 ||
    fail "this release is for another machine than $(uname -sm), or for another libc; take that for yours"
  version=$(sed -n 's/^  "version": "\([0-9A-Za-z.+-]*\)",$/\1/p' "$source/package.json")
  [ -n "$version" ] || fail "$source/package.json names no version"
  before=$(readlink $OPT/current 2>/dev/null | sed 's|.*/||') || before=

  make_user
  make_folders "$source"

  mkdir -p $OPT/releases
  rm -rf "$OPT/releases/.new"
  cp -R "$source" $OPT/releases/.new
  chown -R root:root $OPT/releases/.new
  # mktemp makes folders for their owner alone.
  chmod 0755 $OPT/releases/.new
  # Before anything is replaced: does it run, and take the configuration of the one in place?
  if is_running; then
    (cd / && GATEHOUSE_CONFIG=$STATE/config.yaml CREDENTIALS_DIRECTORY=$ETC/secrets \
      setpriv --reuid $NAME --regid $NAME --init-groups --no-new-privs \
      $OPT/releases/.new/node/bin/node $OPT/releases/.new/bin/gatehouse.mjs check --offline) || {
      rm -rf $OPT/releases/.new
      fail "$version does not take the configuration in place, see above; nothing was changed"
    }
  fi
  rm -rf "$OPT/releases/.old"
  [ ! -e "$OPT/releases/$version" ] || mv "$OPT/releases/$version" $OPT/releases/.old
  mv $OPT/releases/.new "$OPT/releases/$version"
  switch_to "$version"
  install -m 0644 "$source/systemd/gatehouse.service" $UNIT
  write_command

  if has_systemd; then
    systemctl daemon-reload
    if is_running && ! systemctl restart $NAME; then
      if [ -n "$before" ] && [ "$before" != "$version" ]; then
        switch_to "$before"
        systemctl restart $NAME && fail "$version did not start (journalctl -u $NAME); $before runs again"
      fi
      fail "$version did not start; see journalctl -u $NAME"
    fi
  fi
  rm -rf $OPT/releases/.old
  # The one before stays, to go back to.
  for old in $OPT/releases/*; do
    case ${old##*/} in
      "$version" | "${before:-$version}") ;;
      *) rm -rf "$old" ;;
    esac
  done

  if is_running; then
    echo "Gatehouse $version runs."
  else
    cat <<NEXT
Gatehouse $version is installed.
  1. Fill in $STATE/config.yaml; keep secrets in $ETC/secrets, if you like
  2. sudo gatehouse check
  3. sudo systemctl enable --now $NAME, then: sudo gatehouse doctor
NEXT
  fi
}

[ "$(id -u)" = 0 ] || fail 'run it as root (sudo sh install.sh)'
case ${1:-} in
  --uninstall)
    case ${2:-} in
      '') uninstall keep ;;
      --purge) uninstall purge ;;
      *) fail "$2 is not expected here; --uninstall takes --purge" ;;
    esac
    ;;
  -h | --help) sed -n '2,10s/^# \{0,1\}//p' "$0" ;;
  --*) fail "$1 is not known; --help says how it is used" ;;
  '') install_release "$(cd "$(dirname "$0")" && pwd)" ;;
  *)
    [ -f "$1" ] || fail "$1 is no file"
    unpacked=$(mktemp -d)
    trap 'rm -rf "$unpacked"' EXIT
    tar xzf "$1" -C "$unpacked" --strip-components=1
    install_release "$unpacked"
    ;;
esac
